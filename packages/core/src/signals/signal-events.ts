/** What hosts are told of findings; whoever needs more reads the finding. */
interface SignalEventDetail {
  ruleId: string;
  severity: string;
  subjectKind: string;
  subjectId: string;
}

export interface SignalEvents {
  'signal.opened': SignalEventDetail;
  'signal.resolved': SignalEventDetail;
}
