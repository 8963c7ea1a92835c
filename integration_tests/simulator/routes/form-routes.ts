import type { Route } from '../server.ts';

export const formRoutes: readonly Route[] = [];
