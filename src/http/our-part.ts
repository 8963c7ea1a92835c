/** Requests of an interval that a share allows, and never none. @param share above 0 and at most 1 */
export const ourPart = (max: number, share: number): number => Math.max(1, Math.floor(share * max));
