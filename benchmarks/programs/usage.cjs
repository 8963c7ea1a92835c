// Loaded before a program to tell on descriptor 3, as its last act, what it has cost.
const { readFileSync, writeSync } = require('node:fs');

/** The most memory there has been at once. `maxRSS` alone starts with that of the process that was forked. */
const peakBytes = () => {
  try {
    const [, kib] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
    return Number(kib) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
};

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: peakBytes() }));
});
