const DAY_MS = 86_400_000;

export const daysToMs = (days: number): number => days * DAY_MS;
