import type { AirbyteMessage, AirbyteStream } from '../../src/protocol/messages.ts';

type MessageOf<Type extends AirbyteMessage['type']> = Extract<AirbyteMessage, { readonly type: Type }>;
type Trace = MessageOf<'TRACE'>['trace'];
export type ErrorOfTrace = Extract<Trace, { readonly type: 'ERROR' }>['error'];

/** The messages of lines that have been found valid. */
export const parseMessages = (lines: readonly string[]): readonly AirbyteMessage[] =>
  lines.map((line) => JSON.parse(line) as AirbyteMessage);

export const messagesOf = <Type extends AirbyteMessage['type']>(
  messages: readonly AirbyteMessage[],
  type: Type,
): readonly MessageOf<Type>[] =>
  messages.filter((message): message is MessageOf<Type> => message.type === type);

export const errorsOf = (messages: readonly AirbyteMessage[]): readonly ErrorOfTrace[] =>
  messagesOf(messages, 'TRACE').flatMap(({ trace }) => (trace.type === 'ERROR' ? [trace.error] : []));

export const streamsOf = (messages: readonly AirbyteMessage[]): readonly AirbyteStream[] =>
  messagesOf(messages, 'CATALOG').flatMap(({ catalog }) => catalog.streams);

/** The stream a message belongs to; undefined for those of the whole sync. */
export const streamOf = (message: AirbyteMessage): string | undefined => {
  if (message.type === 'RECORD') return message.record.stream;
  if (message.type === 'STATE') return message.state.stream.stream_descriptor.name;
  if (message.type !== 'TRACE') return undefined;
  const { trace } = message;
  switch (trace.type) {
    case 'ERROR':
      return trace.error.stream_descriptor?.name;
    case 'STREAM_STATUS':
      return trace.stream_status.stream_descriptor.name;
    case 'ESTIMATE':
      return trace.estimate.name;
  }
};
