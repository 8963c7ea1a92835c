import type { Route } from '../server.ts';

export const crmRoutes: readonly Route[] = [];
