import type { Route } from '../server.ts';

export const conversationRoutes: readonly Route[] = [];
