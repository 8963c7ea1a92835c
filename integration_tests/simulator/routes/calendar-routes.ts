import type { Route } from '../server.ts';

export const calendarRoutes: readonly Route[] = [];
