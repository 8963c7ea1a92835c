import { expect, test } from '@jest/globals';
import { createHeartbeat } from './heartbeat.ts';

test('records and states are signs of life, and nothing else is', () => {
  let now = 1000;
  const heartbeat = createHeartbeat(() => now);
  now += 500;
  heartbeat.arrived('{"type":"RECORD","record":{}}');
  now += 700;
  heartbeat.arrived('{"type":"LOG","log":{}}');
  now += 200;
  heartbeat.arrived('{"type":"STATE","state":{}}');
  expect(heartbeat.longestSilenceMs()).toBe(900);
  now += 2000;
  expect(heartbeat.longestSilenceMs()).toBe(2000);
});

test('what the reader takes for itself is no silence of the writer', () => {
  let now = 0;
  const heartbeat = createHeartbeat(() => now);
  now += 60_000;
  heartbeat.paused();
  now += 100;
  expect(heartbeat.longestSilenceMs()).toBe(100);
});
