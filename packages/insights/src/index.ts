export { findingRules } from './findings/rules.ts';
export { selectFindings } from './findings/select-findings.ts';
export type { BoundFindingRule, FindingRule, RuleResult } from './findings/finding-rule.ts';
export { defineFindingRule } from './findings/finding-rule.ts';
export {
  countOf,
  formatDay,
  formatFigure,
  formatHours,
  formatMinute,
  formatNumber,
  formatShare,
  formatWindow,
  speakHours,
} from './format.ts';
export { exactText, fieldText, html, type SafeHtml, toText } from './html/escape.ts';
export { renderTeamReportPage, type TeamReportPageOptions } from './html/page.ts';
export { plainText } from './outside-text/plain-text.ts';
export { cutToWidth, terminalWidth, wrapToWidth } from './outside-text/terminal-width.ts';
export { digestBlocks, type DigestBlock } from './reports/digest-blocks.ts';
export { digestMarkdown } from './reports/digest-markdown.ts';
export {
  buildReportDigest,
  type DigestAuthor,
  type DigestBlocker,
  type DigestEntry,
  digestOf,
  type QuotedLines,
  type ReportDigest,
} from './reports/report-digest.ts';
export { buildTeamReport, type TeamReportOptions } from './report/build-team-report.ts';
export { type Evidence, type EvidenceRow } from './report/evidence.ts';
export {
  type Paint,
  renderTeamReportText,
  type TeamReportTextOptions,
  type TextStyle,
} from './report/text.ts';
export {
  type Figure,
  type Finding,
  type ReportFacts,
  type ReportRepository,
  type TeamReport,
  teamReportSchema,
} from './report/team-report.ts';
