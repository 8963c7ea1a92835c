import type { Command } from '../command.ts';
import { checkCommand } from './check-command.ts';
import { discoverCommand } from './discover-command.ts';
import { loginCommand } from './login-command.ts';
import { planCommand } from './plan-command.ts';
import { readCommand } from './read-command.ts';
import { specCommand } from './spec-command.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  specCommand,
  checkCommand,
  discoverCommand,
  readCommand,
  planCommand,
  loginCommand,
];
