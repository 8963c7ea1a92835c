/** What Base64 makes of the bytes wherever they begin in a longer text: without the characters that neighbours decide. */
const base64At = (bytes: Buffer, offset: number): string => {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
};

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

/** A secret as it may stand in a text: as it is, inside of JSON, in an address, in a form, in Base64 of either alphabet. */
export const secretForms = (secret: string): readonly string[] => {
  const inBase64 = [0, 1, 2].map((offset) => base64At(Buffer.from(secret), offset));
  return [
    ...new Set([
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams({ '': secret }).toString().slice(1),
      ...inBase64,
      ...inBase64.map(urlSafe),
    ]),
  ];
};
