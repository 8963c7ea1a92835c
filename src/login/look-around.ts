import { toConnectorError } from '../foundation/errors.ts';
import { createInstalledLocations } from '../source/installed-locations.ts';
import type { Session } from '../source/session.ts';

const agency = (companyId: string, count: number): string => {
  const who = `Signed in as the agency ${companyId}`;
  if (count === 0)
    return `${who}. None of its sub-accounts has the app yet: install it in them, or sign in again and choose some.`;
  return `${who}: the app is installed in ${count} sub-account${count === 1 ? '' : 's'}.`;
};

const describe = async (session: Session, signal: AbortSignal): Promise<string> => {
  const { company, ownLocations = [] } = await session.access();
  if (company !== undefined) {
    const installed = await createInstalledLocations(company, session.requester, signal).all();
    return agency(company.companyId, installed.size);
  }
  return (
    `Signed in to one sub-account, ${ownLocations.join(', ')}. If you want all sub-accounts of the agency: sign in again from the ` +
    "agency's view, with an app that agencies may install, and choose them there."
  );
};

/** What the sign-in is for. It never throws but when it is stopped: the tokens are kept, whatever there is to see. */
export const lookAround = async (session: Session, signal: AbortSignal): Promise<string> => {
  try {
    return await describe(session, signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return `Signed in, but HighLevel did not say to what: ${toConnectorError(thrown).message}`;
  }
};
