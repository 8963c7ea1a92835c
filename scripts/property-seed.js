import process from 'node:process';
import fc from 'fast-check';

// A change is judged by what it changed: the same cases each time. `FUZZ_SEED` asks for others; every failure prints its own.
const { FUZZ_SEED: seed = '20261122' } = process.env;
fc.configureGlobal({ seed: Number(seed) });
