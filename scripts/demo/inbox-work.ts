import type { JsonObject } from '../../src/foundation/json.ts';
import { idOf, type Site } from './site.ts';

/** What only other kinds of messages carry. */
const FOREIGN = [
  'activity',
  'chatWidgetId',
  'conversationProviderId',
  'subType',
  'meta',
  'userId',
  'from',
  'to',
];

const SMS: JsonObject = {
  type: 2,
  messageType: 'TYPE_SMS',
  contentType: 'text/plain',
  body: 'Is Thursday still free?',
};
const EMAIL: JsonObject = {
  type: 3,
  messageType: 'TYPE_EMAIL',
  contentType: 'text/html',
  body: '<p>Thank you, that suits me.</p>',
};

/** From the contacts of as many conversations, which show it. */
const receive = ({ rows, inHours }: Site, message: JsonObject, count: number): void => {
  const conversations = rows('conversations');
  for (const conversation of conversations.rows().slice(0, count)) {
    const { contactId = null, unreadCount } = conversation;
    const received = { ...message, direction: 'inbound', status: 'delivered', attachments: [] };
    rows('messages').add(
      { ...received, contactId, conversationId: idOf(conversation) },
      { without: FOREIGN },
    );
    conversations.update(idOf(conversation), {
      lastMessageType: message['messageType'] ?? null,
      lastMessageBody: message['body'] ?? null,
      lastMessageDirection: 'inbound',
      lastMessageDate: inHours(0),
      unreadCount: Number(unreadCount) + 1,
    });
  }
};

export const receiveSms = (site: Site, count: number): void => {
  receive(site, SMS, count);
};

export const receiveEmails = (site: Site, count: number): void => {
  receive(site, EMAIL, count);
};

export const receiveForms = ({ rows }: Site, count: number): void => {
  for (let index = 0; index < count; index += 1) rows('form_submissions').add();
};
