/** Where the program says what it does. Implemented in `protocol/logger.ts`; every layer may be given one. */
export interface Log {
  readonly debug: (message: string) => void;
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}
