import type { SignalFinding } from '@adjutant/core/domain';
import { type BriefLine, lineOf } from './brief.ts';
import type { WorkPages } from './work-pages.ts';

/** Returns a finding as a line of a brief. */
export function findingLine(finding: SignalFinding, pages: WorkPages): BriefLine {
  const { subjectId, subjectKey, subjectTitle, repository } = finding;
  return lineOf({
    text: finding.sentence,
    about: {
      id: subjectId,
      key: subjectKey,
      title: subjectTitle,
      url: pages.of(repository, subjectKey),
    },
    since: finding.since,
    severity: finding.severity,
    evidence: finding.evidence.length === 0 ? [subjectId] : finding.evidence,
    findingId: finding.id,
    suggestions: finding.suggestions,
  });
}
