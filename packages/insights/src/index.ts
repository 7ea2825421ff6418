export {
  type BlockerGraph,
  type BlockerNode,
  buildBlockerGraph,
  type Turn,
  type WaitEdge,
} from './blockers/blocker-graph.ts';
export {
  defaultLadder,
  type Escalation,
  type EscalationLadder,
  escalationLadderSchema,
} from './blockers/escalation.ts';
export { blockerLines } from './blockers/blocker-lines.ts';
export { type Blocker, type BlockerReport, findBlockers } from './blockers/find-blockers.ts';
export type { BlockerCycle, RootBlocker } from './blockers/root-blockers.ts';
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
  formatMoment,
  formatNumber,
  formatShare,
  formatWindow,
  speakHours,
} from './format.ts';
export { type AgingChartParts, agingChart, type AgingItem } from './html/charts/aging-chart.ts';
export { areaChart } from './html/charts/area-chart.ts';
export { barChart } from './html/charts/bar-chart.ts';
export {
  type Chart,
  chartFigure,
  type ChartSeries,
  chartTable,
  type ChartTable,
  type TimeChartParts,
} from './html/charts/chart.ts';
export type { ChartLevel } from './html/charts/levels.ts';
export { lineChart, type LineChartParts } from './html/charts/line-chart.ts';
export { metricChart, type MetricSeries, pointUnit } from './html/charts/metric-chart.ts';
export { partsChart, type PartsChartParts } from './html/charts/parts-chart.ts';
export { pieChart, type PieChartParts } from './html/charts/pie-chart.ts';
export {
  scatterChart,
  type ScatterChartParts,
  type ScatterPoint,
} from './html/charts/scatter-chart.ts';
export { evidenceColumn, evidenceValue } from './html/evidence-table.ts';
export { exactText, fieldText, html, type SafeHtml, toText } from './html/escape.ts';
export { renderTeamReportPage, type TeamReportPageOptions } from './html/page.ts';
export { knowledgeMethod } from './knowledge/knowledge-method.ts';
export { plainText } from './outside-text/plain-text.ts';
export { cutToWidth, terminalWidth, wrapToWidth } from './outside-text/terminal-width.ts';
export { privacyReportMarkdown } from './privacy/privacy-markdown.ts';
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
export { shippedRules } from './signals/shipped-rules.ts';
export {
  type Brief,
  type BriefKind,
  briefKindSchema,
  type BriefLine,
  briefSchema,
  type BriefSection,
} from './briefs/brief.ts';
export type { BriefReader } from './briefs/brief-reader.ts';
export { buildBrief, type BriefOptions } from './briefs/build-brief.ts';
export type { FindMeeting, Meeting } from './briefs/build-agenda.ts';
export { incidentTimeline } from './incident/build-incident-timeline.ts';
export {
  type IncidentTimeline,
  incidentTimelineSchema,
  type SuspectDeployment,
  type TimelineLine,
} from './incident/incident-timeline.ts';
export { renderPostMortem } from './incident/post-mortem.ts';
export { triageLine } from './triage/triage-line.ts';
export { triagePullRequests } from './triage/triage-pull-requests.ts';
export {
  type TriagedRequest,
  triagedRequestSchema,
  type TriageReason,
} from './triage/triaged-request.ts';
export { renderBriefPage } from './briefs/render-html.ts';
export { renderBriefMarkdown } from './briefs/render-markdown.ts';
export { renderBriefSlack, type SlackBlock } from './briefs/render-slack.ts';
export { renderBriefLines, renderBriefText, type BriefTextOptions } from './briefs/render-text.ts';
export { renderBriefMessage } from './briefs/render-message.ts';
export {
  keepWeeklyReport,
  type WeeklyReportOptions,
  type WeeklyReportPlan,
  weeklyReportPlanSchema,
} from './briefs/weekly-report.ts';
