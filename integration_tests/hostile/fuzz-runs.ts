/** `FUZZ_RUNS` times the usual number of runs; a failure prints its seed and path, which `FUZZ_SEED` takes up again. */
export const runs = (usual: number): { readonly numRuns: number; readonly seed?: number } => {
  const { FUZZ_RUNS: times = '1', FUZZ_SEED: seed } = process.env;
  return { numRuns: Math.ceil(usual * Number(times)), ...(seed !== undefined && { seed: Number(seed) }) };
};
