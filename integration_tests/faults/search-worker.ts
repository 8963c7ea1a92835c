import { isJsonObject } from '../../src/foundation/json.ts';
import { carryOut } from './carry-out.ts';
import { discoverAll } from './discover.ts';
import type { Task } from './task.ts';

const isTask = (message: unknown): message is Task =>
  isJsonObject(message) && typeof message['seed'] === 'number' && typeof message['place'] === 'string';

const discovered = await discoverAll();

process.on('message', (message) => {
  if (!isTask(message)) throw new TypeError('This is no task.');
  void carryOut(message, discovered).then((report) => process.send?.(report));
});
// A search that was given up leaves nobody behind.
process.once('disconnect', () => process.exit());
