import type {
  ChildrenRetrieval,
  ListRetrieval,
  StreamDefinition,
  WindowsRetrieval,
} from '../../src/stream/definition.ts';
import type { Endpoint } from '../../src/stream/endpoint.ts';
import { code } from './markdown.ts';

/** What reading a location of a stream costs in requests. */
export interface Requests {
  /** A few words, for a table. */
  readonly short: string;
  readonly sentences: readonly string[];
}

/** Rows that a page brings which the one before it has not; undefined where an answer is the whole list. */
const rowsAPage = ({ paginator }: Pick<Endpoint, 'paginator'>): number | undefined =>
  paginator === undefined ? undefined : paginator.limit - paginator.overlap;

const ways = ({ passes }: Pick<Endpoint, 'passes'>): number => passes.length;

const pagesOf = (endpoint: Endpoint): string => {
  const rows = rowsAPage(endpoint);
  return rows === undefined
    ? 'one'
    : `one per ${rows} rows, and one for the end, unless one page holds all and HighLevel says so`;
};

const asManyWays = (endpoint: Endpoint): string =>
  ways(endpoint) === 1
    ? ''
    : ` It is asked in ${ways(endpoint)} ways, each for other rows, so that is ${ways(endpoint)} at least.`;

const listRequests = ({ endpoint, folders }: ListRetrieval): Requests => {
  const rows = rowsAPage(endpoint);
  const least = ways(endpoint) === 1 ? 'one' : String(ways(endpoint));
  const isOpened = folders?.areOpened === true;
  return {
    short: `${rows === undefined ? least : `one per ${rows} rows, ${least} at least`}${isOpened ? ', for each folder' : ''}`,
    sentences: [
      `At each sync ${pagesOf(endpoint)}.${asManyWays(endpoint)}${isOpened ? ' Each folder costs the same again.' : ''}`,
    ],
  };
};

const namesOf = ({ parents = [] }: WindowsRetrieval): string =>
  parents.map(({ of }) => `each row of ${code(of.name)}`).join(' and ');

const windowsAtOnce = ({ aheadDays, trailingDays, recent }: WindowsRetrieval): string => {
  if (recent !== undefined) {
    return `Each sync costs one per ${recent.limit} rows that it meets, one at least.`;
  }
  return (aheadDays ?? 0) + trailingDays > 366
    ? 'Each sync reads two windows, or more where there is much.'
    : 'Each sync reads one window.';
};

const windowsRequests = (retrieval: WindowsRetrieval): Requests => {
  const { endpoint, mostRows, parents = [], recent } = retrieval;
  const names = namesOf(retrieval);
  const rows = rowsAPage(endpoint);
  const least = parents.length > 0 ? '' : `, ${ways(endpoint) === 1 ? 'one' : ways(endpoint)} at least`;
  const perWindow =
    rows === undefined
      ? `one, and more where it holds more than ${mostRows.toLocaleString('en-US')} rows and is cut`
      : `${pagesOf(endpoint)}; a window of more than ${mostRows.toLocaleString('en-US')} rows is cut`;
  const quiet =
    rows === undefined && recent === undefined
      ? `three${names === '' ? '' : ` for ${names}`}`
      : `one per ${recent?.limit ?? rows ?? 1} rows of the last days${least}`;
  return {
    short: `${quiet}; all once a week`,
    sentences: [
      `A window costs${names === '' ? '' : `, for ${names},`} ${perWindow}.${asManyWays(endpoint)}`,
      windowsAtOnce(retrieval),
      'The first sync, the weekly pass and a full refresh read windows that are made to hold about 2,000 rows each, a page where there is one only (from `start_date` on, if that is set): three where there is little, some a dozen for events.',
    ],
  };
};

const parentRequests = ({ of }: ChildrenRetrieval): string =>
  `Besides, what reading ${code(of.name)} costs, whether that stream is selected or not.`;

const childrenRequests = (retrieval: ChildrenRetrieval): Requests => {
  const { of, rows, follows } = retrieval;
  if (rows.from === 'parent') {
    return {
      short: `those of ${code(of.name)}`,
      sentences: [`What reading ${code(of.name)} costs, whether that stream is selected or not.`],
    };
  }
  const { endpoint, asks } = rows;
  const which =
    follows === undefined
      ? `each row of ${code(of.name)}${asks === undefined ? '' : ' that can have some'}`
      : `each row of ${code(of.name)} that is new or has changed (each one at first, and those of the lookback)`;
  return {
    short: `one for each row of ${code(of.name)}${follows === undefined ? '' : ' that changed'}`,
    sentences: [`At each sync, for ${which}, ${pagesOf(endpoint)}.`, parentRequests(retrieval)],
  };
};

/** What reading a location of a stream costs in requests; they count towards the location's quota. */
export const requestsOf = ({ retrieval, lookup }: StreamDefinition): Requests => {
  switch (retrieval.kind) {
    case 'search': {
      const [size] = retrieval.pageSizes;
      return {
        short: `one per ${size} changed rows`,
        sentences: [
          `One per ${size} rows and one for the end; one in all if an incremental sync finds less than a page. Where HighLevel refuses or cannot send a page of that size, smaller ones are read.`,
          ...(lookup === undefined
            ? []
            : [
                `One or two for ${code(lookup.of.name)}, if ${code(lookup.column)} is selected and a row has custom fields.`,
              ]),
        ],
      };
    }
    case 'newest_first': {
      const { descent, fullPassDays } = retrieval;
      return {
        short: `one per ${descent.limit} new rows; all once in ${fullPassDays} days`,
        sentences: [
          `One per ${descent.limit} rows: of the new ones, one at least, at each sync; of all of them at first and once in ${fullPassDays} days.`,
        ],
      };
    }
    case 'snapshot': {
      const size = retrieval.of.retrieval.kind === 'search' ? retrieval.of.retrieval.pageSizes[0] : 1;
      return {
        short: `one per ${size} rows`,
        sentences: [`At each sync one per ${size} rows, and one for the end.`],
      };
    }
    case 'directory':
      return {
        short: 'one; of an agency, one per 100 locations',
        sentences: ['One per location; with an agency’s sign-in one per 100 locations of the agency.'],
      };
    case 'report':
      return { short: 'none', sentences: ['None.'] };
    case 'list':
      return listRequests(retrieval);
    case 'windows':
      return windowsRequests(retrieval);
    case 'children':
      return childrenRequests(retrieval);
  }
};
