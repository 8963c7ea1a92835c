import type { Route } from '../server.ts';

export const paymentRoutes: readonly Route[] = [];
