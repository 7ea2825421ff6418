import type { Viewer } from '../domain.ts';

/** What somebody who looks is to what is looked at. `self` is a relation, the rest are roles. */
export const viewerRelations = ['self', 'member', 'lead', 'admin', 'agent', 'system'] as const;
export type ViewerRelation = (typeof viewerRelations)[number];

/** What is granted, and under which condition, in words. */
export const grants = {
  shown: 'yes',
  protected:
    'only where at least five people stand behind it and behind what it leaves out, in whole periods of four weeks',
  protected_known_set:
    'as protected, and only for a set of people that a lead has asked about before',
  own_entries: 'only what is about their own questions',
  own_or_granted: 'what they proposed themselves, or with the right to decide it',
  granted: 'with the right to decide it, and a proof of who decides',
  never: 'no',
} as const;
export type Grant = keyof typeof grants;

/** Every kind of information that there is to see or to change. */
export const informationClasses = [
  'delivery_figures',
  'work',
  'figures_on_people',
  'chosen_set',
  'own_view',
  'private_reports',
  'reports',
  'report_sharing',
  'own_load',
  'signals',
  'signal_rules',
  'signal_trials',
  'incident_care',
  'identity',
  'roles',
  'contact_wishes',
  'actions',
  'proposals',
  'withdrawals',
  'decisions',
  'outcomes',
  'form_answers',
  'stops',
  'drafts',
  'ledger',
  'ledger_personal',
  'ledger_upkeep',
  'policy',
  'settings',
  'secrets',
  'life_of_data',
  'privacy_report',
  'privacy_refusals',
] as const;
export type InformationClass = (typeof informationClasses)[number];

export type Granted = Readonly<Record<ViewerRelation, Grant>>;

export interface VisibilityRule {
  /** What belongs to it, in words. */
  holds: string;
  /** Whether a refusal of it is one of a question about people, which the ledger keeps. */
  isPersonal: boolean;
  read: Granted;
  /** Null where nobody changes it by a call. */
  change: Granted | null;
}

const everybody = granted('shown');
const nobody = granted('never');
const leads = granted('never', { lead: 'shown', admin: 'shown' });
const keepers = granted('never', { lead: 'shown', admin: 'shown', system: 'shown' });

/** Who sees what. Checks read it, or are held equal to it by a test of every call as every viewer. */
export const visibility: Readonly<Record<InformationClass, VisibilityRule>> = {
  delivery_figures: readOnly(
    'figures of the workspace, a team, a service or a repository, at any size',
    everybody,
  ),
  work: readOnly(
    'single pieces of work with who wrote them: changes, reviews, items, incidents',
    everybody,
  ),
  figures_on_people: personal('figures of what people did, and figures of a label', {
    read: granted('protected'),
  }),
  chosen_set: personal('a figure of people whom somebody chose', {
    read: granted('protected_known_set', { lead: 'protected', admin: 'protected' }),
  }),
  own_view: personal('what a person asks about nobody but that person', {
    read: granted('never', { self: 'shown' }),
  }),
  private_reports: personal('a progress report that its author has not shared', {
    read: granted('never', { self: 'shown' }),
    change: granted('never', { self: 'shown' }),
  }),
  reports: {
    holds: 'one’s own progress reports, and those that colleagues shared',
    isPersonal: false,
    read: granted('shown', { system: 'never' }),
    change: granted('shown', { system: 'never' }),
  },
  report_sharing: {
    holds: 'letting colleagues read one’s own report, or removing it',
    isPersonal: false,
    read: granted('shown', { system: 'never' }),
    change: granted('shown', { agent: 'never', system: 'never' }),
  },
  own_load: {
    holds:
      'what lies on oneself, the hours that one declared and when one wants to be reminded; nobody can ask it of another',
    isPersonal: true,
    read: granted('shown', { system: 'never' }),
    change: granted('shown', { agent: 'never', system: 'never' }),
  },
  signals: {
    holds:
      'findings about work, and whether one is hidden or given to somebody; none is about one person',
    isPersonal: false,
    read: everybody,
    change: granted('shown', { agent: 'never' }),
  },
  signal_rules: {
    holds: 'which rules there are, and whether one is heard of at all',
    isPersonal: false,
    read: everybody,
    change: leads,
  },
  signal_trials: readOnly(
    'what a rule would have found in the past, which is worked out at a terminal',
    granted('shown', { agent: 'never' }),
  ),
  incident_care: {
    holds: 'who leads an incident, tells others of it and writes it down, and what follows from it',
    isPersonal: false,
    read: everybody,
    change: granted('shown', { agent: 'never', system: 'never' }),
  },
  identity: {
    holds: 'who is who: people, their accounts and teams, and what was merged',
    isPersonal: true,
    read: everybody,
    change: leads,
  },
  roles: {
    holds: 'who is a lead and who a member',
    isPersonal: false,
    read: everybody,
    change: granted('never', { admin: 'shown' }),
  },
  contact_wishes: personal('whether and when somebody wants to be nudged', {
    read: granted('never', { self: 'shown', lead: 'shown', admin: 'shown' }),
    change: granted('never', { self: 'shown', lead: 'shown', admin: 'shown' }),
  }),
  actions: readOnly('what was proposed, who decided it and what became of it', everybody),
  proposals: {
    holds: 'proposing a change; asking for fresh data',
    isPersonal: false,
    read: everybody,
    change: everybody,
  },
  withdrawals: {
    holds: 'taking a proposal back',
    isPersonal: false,
    read: everybody,
    change: granted('own_or_granted', { admin: 'shown' }),
  },
  decisions: {
    holds: 'deciding about a proposal, or changing its words',
    isPersonal: false,
    read: everybody,
    change: granted('granted', { agent: 'never', system: 'never' }),
  },
  outcomes: {
    holds: 'saying what became of a change that no program can tell of',
    isPersonal: false,
    read: everybody,
    change: granted('granted', { admin: 'shown', agent: 'never', system: 'never' }),
  },
  form_answers: {
    holds: 'what a person answered in a form of an assistant’s client',
    isPersonal: false,
    read: everybody,
    change: granted('never', { agent: 'shown' }),
  },
  stops: { holds: 'what is stopped now', isPersonal: false, read: everybody, change: leads },
  drafts: readOnly(
    'notes that approved actions keep in the store; no tool of an assistant gives them out',
    everybody,
  ),
  ledger: readOnly('what happened, without what of it is personal', everybody),
  ledger_personal: personal('what of an entry of the ledger is personal', {
    read: keepers,
    change: keepers,
  }),
  ledger_upkeep: readOnly('the ledger as a whole: export and checkpoint', keepers),
  policy: readOnly('what may happen, and what needs whose decision', everybody),
  settings: {
    holds: 'teams, projects, what is read and how fresh it is',
    isPersonal: false,
    read: everybody,
    change: leads,
  },
  secrets: {
    holds: 'credentials of connectors',
    isPersonal: false,
    read: granted('never', { admin: 'shown', system: 'shown' }),
    change: granted('never', { admin: 'shown', system: 'shown' }),
  },
  life_of_data: {
    holds: 'how long what is kept; purging, archives, backups, and erasing a person',
    isPersonal: true,
    read: granted('never', { admin: 'shown', system: 'shown' }),
    change: granted('never', { admin: 'shown', system: 'shown' }),
  },
  privacy_report: readOnly('what is stored, for what, and who sees it; without a name', everybody),
  privacy_refusals: personal('who was refused what, when and why', {
    read: granted('own_entries', {
      lead: 'shown',
      admin: 'shown',
      system: 'shown',
      agent: 'never',
    }),
  }),
};

/** Returns what a viewer is where nothing of it is about that viewer. */
export function relationOf(viewer: Viewer): Exclude<ViewerRelation, 'self'> {
  return viewer.kind === 'person' ? viewer.role : viewer.kind;
}

/** Returns what the table grants to a viewer; nobody's change where a class has none. */
export function grantOf(
  viewer: Viewer,
  information: InformationClass,
  act: 'read' | 'change' = 'read',
): Grant {
  return (visibility[information][act] ?? nobody)[relationOf(viewer)];
}

function granted(grant: Grant, others: Partial<Record<ViewerRelation, Grant>> = {}): Granted {
  const all = { member: grant, lead: grant, admin: grant, agent: grant, system: grant, ...others };
  // Somebody is never told less of themselves than of others.
  return { self: others.self ?? all.member, ...all };
}

function readOnly(holds: string, read: Granted): VisibilityRule {
  return { holds, isPersonal: false, read, change: null };
}

function personal(holds: string, acts: { read: Granted; change?: Granted }): VisibilityRule {
  return { holds, isPersonal: true, read: acts.read, change: acts.change ?? null };
}
