/** `FUZZ_RUNS` times the usual number of runs. */
export const runs = (usual: number): { readonly numRuns: number } => {
  const { FUZZ_RUNS: times = '1' } = process.env;
  return { numRuns: Math.ceil(usual * Number(times)) };
};
