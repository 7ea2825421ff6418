import type { WorkspaceHandle } from '../workspace/handle.ts';
import type { InformationClass } from './visibility.ts';

/** What of a handle is plain data about the handle itself. */
type Plain = 'workspaceId' | 'timeZone' | 'viewer';

type PathsOf<Value, Name extends string> = Value extends (...words: never[]) => unknown
  ? Name
  : `${Name}.${keyof Value & string}`;

type Called = Exclude<keyof WorkspaceHandle, Plain>;

/** Every call of a workspace's handle, as `metric` or `audit.list`. */
export type HandlePath = { [Name in Called]: PathsOf<WorkspaceHandle[Name], Name> }[Called];

export interface SurfaceEntry {
  act: 'read' | 'change';
  /** What it can give out or change; which one it is depends on what is asked. */
  of: readonly InformationClass[];
}

const reads = (...of: InformationClass[]): SurfaceEntry => ({ act: 'read', of });
const changes = (...of: InformationClass[]): SurfaceEntry => ({ act: 'change', of });
const figures = reads('delivery_figures', 'figures_on_people', 'chosen_set', 'own_view');

/**
 * What each call of a handle is about. A call that is added to the handle does not compile without
 * its entry here, and a test makes each call as each viewer.
 */
export const handleSurface: Readonly<Record<HandlePath, SurfaceEntry>> = {
  forTeam: reads('delivery_figures'),
  teams: reads('settings'),
  overview: reads('delivery_figures', 'figures_on_people', 'chosen_set', 'own_view'),
  listWork: reads('work'),
  getWork: reads('work'),
  listMetrics: reads('settings'),
  metric: figures,
  explainMetric: figures,
  explainCitation: reads('delivery_figures', 'figures_on_people'),
  compareMetric: figures,
  forecast: reads('delivery_figures'),
  syncStatus: reads('settings'),
  requestRefresh: changes('proposals'),
  findPeople: reads('identity'),
  identitySuggestions: reads('identity'),
  'identityReview.unmatched': reads('identity'),
  'identityReview.mergeable': reads('identity'),
  'identityReview.merge': changes('identity'),
  'identityReview.plan': changes('identity'),
  'identityReview.markBot': changes('identity'),
  'identityReview.confirmAccount': changes('identity'),
  'identityReview.setRole': changes('roles'),
  identityChanges: reads('identity'),
  mergePeople: changes('identity'),
  splitPerson: changes('identity'),
  undoIdentityChange: changes('identity'),
  'teamProposals.list': reads('identity'),
  'teamProposals.accept': changes('identity'),
  'teamProposals.dismiss': changes('identity'),
  'teamProposals.decisions': reads('identity'),
  'teamProposals.undo': changes('identity'),
  'projects.list': reads('settings'),
  'projects.get': reads('settings'),
  'projects.create': changes('settings'),
  'projects.update': changes('settings'),
  'projects.delete': changes('settings'),
  'aiImpact.compare': reads('figures_on_people'),
  'aiImpact.adoption': reads('figures_on_people'),
  'reports.submit': changes('reports', 'report_sharing'),
  'reports.get': reads('reports', 'private_reports'),
  'reports.ofDay': reads('reports'),
  'reports.list': reads('reports', 'private_reports'),
  'reports.edit': changes('reports', 'private_reports'),
  'reports.share': changes('report_sharing'),
  'reports.delete': changes('report_sharing'),
  'reports.shared': reads('reports'),
  'reports.reminders': reads('own_load'),
  'reports.search': reads('reports'),
  'reports.indexLag': reads('settings'),
  'load.mine': reads('own_load'),
  'load.team': reads('figures_on_people'),
  'load.hours': reads('own_load'),
  repositories: reads('work'),
  'knowledge.ask': reads('work'),
  'knowledge.search': reads('work'),
  'knowledge.whoKnows': reads('work'),
  'knowledge.indexLag': reads('settings'),
  'signals.list': reads('signals'),
  'signals.get': reads('signals'),
  'signals.rules': reads('signal_rules'),
  'signals.subjects': reads('work'),
  'signals.replay': reads('signal_trials'),
  'signals.evaluate': changes('signals'),
  'signals.snooze': changes('signals'),
  'signals.assign': changes('signals'),
  'signals.mute': changes('signals', 'signal_rules'),
  'signals.unmute': changes('signals', 'signal_rules'),
  'sprints.list': reads('delivery_figures'),
  'sprints.report': reads('work'),
  'sprints.velocity': reads('delivery_figures'),
  'history.deployment': reads('work'),
  'history.commitsBetween': reads('work'),
  'history.incident': reads('work'),
  'history.workItem': reads('work'),
  'incidents.list': reads('work'),
  'incidents.course': reads('work', 'incident_care'),
  'incidents.setRole': changes('incident_care'),
  'incidents.addFollowUp': changes('incident_care'),
  'incidents.removeFollowUp': changes('incident_care'),
  'reviewers.suggest': reads('work'),
  'rollups.read': reads('delivery_figures'),
  'contactPreferences.get': reads('contact_wishes'),
  'contactPreferences.set': changes('contact_wishes'),
  noteDrafts: reads('drafts'),
  'audit.list': reads('ledger'),
  'audit.show': reads('ledger', 'ledger_personal'),
  'audit.verify': reads('ledger'),
  'audit.export': reads('ledger_upkeep'),
  'audit.checkpoint': reads('ledger_upkeep'),
  'audit.erasePersonalData': changes('ledger_personal'),
  'actions.propose': changes('proposals'),
  'actions.get': reads('actions'),
  'actions.list': reads('actions'),
  'actions.await': reads('actions'),
  'actions.withdraw': changes('withdrawals'),
  'actions.decide': changes('decisions'),
  'actions.modify': changes('decisions'),
  'actions.resolve': changes('outcomes'),
  'actions.stop': changes('stops'),
  'actions.resume': changes('stops'),
  'actions.stops': reads('stops'),
  'actions.types': reads('policy'),
  'actions.worker': reads('settings'),
  'actions.noteElicitedAnswer': changes('form_answers'),
  'actions.statistics': reads('delivery_figures'),
  'privacy.report': reads('privacy_report'),
  'privacy.refusals': reads('privacy_refusals'),
};
