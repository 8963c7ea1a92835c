import type { JsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import type { Call } from '../call.ts';
import { byTime } from '../list-page.ts';
import { queryNumber, refuseUnknown, requireTexts } from '../parameters.ts';
import type { RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import type { LocationState } from '../world.ts';

const OWNERS = ['calendarId', 'userId', 'groupId'];
const TIMES = ['startTime', 'endTime'];

const checkParameters = ({ query }: Call): void => {
  refuseUnknown(query, ['locationId', ...TIMES, ...OWNERS]);
  requireTexts(query, ['locationId', ...TIMES]);
  if (OWNERS.every((name) => (query[name] ?? '') === ''))
    throw refusal(422, ['Either of calendarId, userId or groupId is required']);
};

/** Of several owners all must be the row's. */
const isOwned = (state: LocationState, { query }: Call, row: JsonObject): boolean => {
  const { calendarId, userId, groupId } = query;
  if (calendarId !== undefined && row['calendarId'] !== calendarId) return false;
  if (userId !== undefined && row['assignedUserId'] !== userId) return false;
  if (groupId === undefined) return true;
  // A row is in the group that its calendar is in now; one whose calendar is gone is in none.
  return state.collection('calendars').find(textOf(row['calendarId']))?.['groupId'] === groupId;
};

/** What starts between two times, both left out, whenever it was written. */
export const listEvents =
  (kind: 'appointments' | 'blocked_slots') =>
  ({ call, location }: RouteContext): Answer => {
    checkParameters(call);
    const [from, to] = [
      queryNumber(call, 'startTime', { fallback: 0 }),
      queryNumber(call, 'endTime', { fallback: 0 }),
    ];
    const state = location();
    const { calendarId } = call.query;
    if (calendarId !== undefined && state.collection('calendars').find(calendarId) === undefined)
      throw refusal(400, 'Calendar not found');
    const rows = state
      .collection(kind)
      .listed()
      .filter((row) => isOwned(state, call, row))
      .filter((row) => {
        const startAt = Date.parse(textOf(row['startTime']));
        return startAt > from && startAt < to;
      });
    return { status: 200, body: { events: byTime(rows, 'startTime') } };
  };
