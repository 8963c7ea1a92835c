/** True for what Airbyte shows in place of a secret. Stored by mistake, it would be sent to HighLevel as if it were one. */
export const isMasked = (secret: string): boolean => /^\*+$/.test(secret);
