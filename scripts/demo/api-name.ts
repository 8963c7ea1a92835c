/** The field of HighLevel's that a column is named after: `utm_ad_id` → `utmAdId`. */
export const apiName = (column: string): string =>
  column
    .split('_')
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
