import type { JsonObject } from '../../../src/foundation/json.ts';
import { isJsonArray, isJsonObject, textAt } from '../../../src/foundation/json.ts';
import { refusal } from '../answers.ts';
import type { Server } from '../server.ts';
import type { Place } from './sort-places.ts';

/** An export that has begun: what it was asked for, and which rows there were at that moment. */
interface PointInTime {
  readonly id: string;
  readonly parameters: string;
  readonly rowIds: ReadonlySet<string>;
}

interface KeptPoint {
  readonly point: PointInTime;
  usedAt: number;
}

interface Resumed {
  readonly point: PointInTime;
  /** Where the last page ended. */
  readonly place: Place;
}

interface Cursor {
  readonly pointId: string;
  readonly issuedAt: number;
  readonly place: Place;
}

const keptPoints = new WeakMap<Server, Map<string, KeptPoint>>();

const pointsOf = (server: Server): Map<string, KeptPoint> => {
  const known = keptPoints.get(server) ?? new Map<string, KeptPoint>();
  keptPoints.set(server, known);
  return known;
};

const isOver = ({ now, knobs }: Server, since: number): boolean =>
  now() >= since + knobs.exportCursorLifetimeMs;

export const openPoint = (server: Server, parameters: string, rowIds: ReadonlySet<string>): PointInTime => {
  const points = pointsOf(server);
  for (const [id, { usedAt }] of points) if (isOver(server, usedAt)) points.delete(id);
  const point = { id: server.random.uuid(), parameters, rowIds };
  points.set(point.id, { point, usedAt: server.now() });
  return point;
};

const parsed = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
};

const readCursor = (text: string): Cursor | undefined => {
  const cursor = parsed(text);
  const { lastSort, issuedAt } = cursor;
  const [pointId, id] = [textAt(cursor, 'pitId'), textAt(cursor, 'lastId')];
  const value = isJsonArray(lastSort) ? lastSort[0] : undefined;
  if (pointId === undefined || id === undefined || typeof issuedAt !== 'number') return undefined;
  if (value !== null && typeof value !== 'number') return undefined;
  return { pointId, issuedAt, place: { value, id } };
};

/** Throws for a cursor that is none, that has expired, or that was given for other parameters. */
export const resumePoint = (server: Server, parameters: string, text: string): Resumed => {
  const cursor = readCursor(text);
  if (cursor === undefined) throw refusal(400, 'Invalid cursor');
  if (isOver(server, cursor.issuedAt)) throw refusal(400, 'Cursor expired');
  const kept = pointsOf(server).get(cursor.pointId);
  if (kept?.point.parameters !== parameters) throw refusal(400, 'Invalid cursor');
  kept.usedAt = server.now();
  return { point: kept.point, place: cursor.place };
};

export const writeCursor = ({ now }: Server, { id: pitId }: PointInTime, { value, id }: Place): string =>
  Buffer.from(JSON.stringify({ pitId, lastSort: [value], lastId: id, issuedAt: now() })).toString(
    'base64url',
  );
