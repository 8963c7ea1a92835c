import type { Route } from '../server.ts';

export const marketingRoutes: readonly Route[] = [];
