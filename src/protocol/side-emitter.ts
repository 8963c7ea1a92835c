import type { Writable } from 'node:stream';
import type { MessageEmitter } from './emitter.ts';
import type { AirbyteMessage } from './messages.ts';

/** What a person at a terminal is told; undefined for messages that are no news to people. */
const inWords = (message: AirbyteMessage): string | undefined => {
  if (message.type === 'LOG') return `${message.log.level} ${message.log.message}`;
  if (message.type === 'TRACE' && message.trace.type === 'ERROR') {
    const { message: text, internal_message: details } = message.trace.error;
    return `ERROR ${text}${details === undefined ? '' : ` (${details})`}`;
  }
  return undefined;
};

/**
 * For a command whose standard output is for people or other programs, and not for the platform: log lines and errors go
 * aside, in words. Renewed tokens go to standard output all the same, where a lost one would take a person to sign in
 * again.
 */
export const createSideEmitter = (output: MessageEmitter, aside: Writable): MessageEmitter => {
  // Nobody who reads the log is no reason to end; without a listener it would be one.
  aside.on('error', () => undefined);
  return {
    ...output,
    emit: async (...messages) => {
      for (const message of messages) {
        const text = inWords(message);
        if (text !== undefined) aside.write(`${text}\n`);
        else if (message.type === 'CONTROL') await output.emit(message);
      }
    },
  };
};
