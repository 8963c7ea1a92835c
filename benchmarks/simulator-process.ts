import { type ChildProcess, fork } from 'node:child_process';
import type { ServerFigures, ServerOptions, ServerReady } from './server-messages.ts';

export interface SimulatorProcess extends ServerReady {
  readonly figures: () => Promise<ServerFigures>;
  readonly stop: () => void;
}

const nextMessage = <Message>(child: ChildProcess): Promise<Message> =>
  new Promise((resolve, reject) => {
    const fail = (): void => {
      reject(new Error('The simulator ended.'));
    };
    child.once('exit', fail);
    child.once('message', (message) => {
      child.off('exit', fail);
      resolve(message as Message);
    });
  });

/** Starts a simulator on loopback; `program` is its bundle. */
export const startSimulator = async (program: string, options: ServerOptions): Promise<SimulatorProcess> => {
  const child = fork(program, [JSON.stringify(options)], {
    execArgv: ['--max-old-space-size=8192'],
    stdio: 'inherit',
  });
  const ready = await nextMessage<ServerReady>(child);
  return {
    ...ready,
    figures: () => {
      const answer = nextMessage<ServerFigures>(child);
      child.send('figures');
      return answer;
    },
    stop: () => {
      child.disconnect();
    },
  };
};
