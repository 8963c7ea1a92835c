import type { CollectionSpec } from '../collection-spec.ts';

type Kind = 'conversations' | 'messages' | 'voice_ai_call_logs';

export const conversationSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['conversations']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['messages']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['voice_ai_call_logs']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
