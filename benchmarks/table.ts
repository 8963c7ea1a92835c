import type { Finding } from './measure.ts';

const metWord = ({ isMet }: Finding): string => (isMet === undefined ? '' : isMet ? 'yes' : '**no**');

/** The findings as a table of Markdown. */
export const tableOf = (findings: readonly Finding[]): string =>
  [
    '| measure | value | wanted | met |',
    '| --- | --- | --- | --- |',
    ...findings.map(
      (finding) => `| ${finding.name} | ${finding.value} | ${finding.wanted} | ${metWord(finding)} |`,
    ),
  ].join('\n');
