import type { Route } from '../server.ts';

export const objectRoutes: readonly Route[] = [];
