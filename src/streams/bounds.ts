import type { JsonObject } from '../foundation/json.ts';
import { toIso } from '../foundation/instant.ts';
import { daysToMs } from '../stream/days.ts';
import type { TimeWindow } from '../stream/endpoint.ts';

const DAY_MS = daysToMs(1);

/** The first day that a date can stand for; nothing is older. */
const dayOf = (epochMs: number): string => toIso(Math.max(0, epochMs)).slice(0, 10);

/**
 * Bounds for endpoints that take days (`YYYY-MM-DD`). Whose midnight begins a day, and whether the last day counts, is
 * not documented: they are wide enough for any answer to that.
 */
export const dayBounds = ({ since, before }: TimeWindow): JsonObject => ({
  startAt: dayOf(since - DAY_MS),
  endAt: dayOf(before + 2 * DAY_MS),
});

/**
 * Bounds for endpoints that take epoch milliseconds: wider on both sides, because it is not documented whether the bounds
 * themselves count.
 * @param slackMs how much wider: more where an endpoint may cut instants to days
 */
export const epochBounds = (
  { since, before }: TimeWindow,
  [from, to]: readonly [string, string],
  slackMs = 1,
): JsonObject => ({
  [from]: Math.max(0, since - slackMs),
  [to]: before + slackMs,
});
