import type {
  ActionMode,
  ActionStatus,
  Assurance,
  DecisionSurface,
  EffectClass,
  RiskTier,
  Verdict,
} from '../../domain.ts';
import type { OutsideTexts } from '../../actions/outside-texts.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Proposed actions, who decided them, and every attempt to carry them out. */
export function actionTables(kit: ColumnKit) {
  const { table, text, integer, instant, flag, json, index, unique, primaryKey } = kit;
  return {
    actions: table(
      'actions',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        type: text().notNull(),
        /** The caller's key: the same key and words give the same action. */
        idempotencyKey: text().notNull(),
        status: text().$type<ActionStatus>().notNull(),
        /** The revision that may be decided and executed; earlier ones only tell. */
        revision: integer().notNull(),
        /** Who proposed it, as the ledger names them. */
        requester: text().notNull(),
        requesterKind: text().$type<'person' | 'agent' | 'system'>().notNull(),
        /** The person an agent works for; the person themselves where no agent proposed it. */
        sponsorPersonId: text(),
        effectClass: text().$type<EffectClass>().notNull(),
        /** Known once prepared. */
        risk: text().$type<RiskTier>(),
        mode: text().$type<ActionMode>(),
        /** Different people who must approve. */
        quorum: integer().notNull().default(1),
        declineThreshold: integer().notNull().default(1),
        assurance: text().$type<Assurance>(),
        policyHash: text(),
        /** Why policy asks what it asks, in words. */
        policyReason: text(),
        targetSource: text(),
        targetExternalId: text(),
        /** As a person writes it: `acme/api#12`. */
        targetRef: text(),
        traceId: text().notNull(),
        modelVersion: text(),
        costUsdMicros: integer().notNull().default(0),
        createdAt: instant().notNull(),
        /** When a pending action expires. */
        expiresAt: instant(),
        /** When an approved action expires. */
        executeBy: instant(),
        /** How far the circle of reviewers has been widened. */
        escalationLevel: integer().notNull().default(0),
        nextEscalationAt: instant(),
        decidedAt: instant(),
        /** The one whose decision settled it, as the ledger names them; or the policy. */
        decidedBy: text(),
        /** Rises with every claim: a writer with an older one is late. */
        fence: integer().notNull().default(0),
        leaseExpiresAt: instant(),
        /** Not claimed again before this instant. */
        notBefore: instant(),
        attemptCount: integer().notNull().default(0),
        settledAt: instant(),
        /** What the target answered, or why nothing happened. */
        outcome: json<Record<string, unknown>>(),
        updatedAt: instant().notNull(),
      },
      (t) => [
        unique('actions_idempotency').on(t.workspaceId, t.idempotencyKey),
        index('actions_status').on(t.workspaceId, t.status, t.createdAt),
        index('actions_due').on(t.status, t.expiresAt),
      ],
    ),
    actionRevisions: table(
      'action_revisions',
      {
        workspaceId: text().notNull(),
        actionId: text().notNull(),
        revision: integer().notNull(),
        /** Canonical JSON: what is hashed, shown and sent. */
        payload: text().notNull(),
        /** What was masked in it before it was kept; null where nothing was. */
        masked: json<{ secrets: number; personalData: number }>(),
        payloadHash: text(),
        /** What of the target is bound, as canonical JSON; read again before anything is sent. */
        preconditions: text(),
        preview: text(),
        previewHash: text(),
        /** Words of the assistant; never a fact. */
        rationale: text(),
        /** What an assistant had read from outside when it proposed; null where that is not known. */
        outsideTexts: json<OutsideTexts>(),
        author: text().notNull(),
        authorPersonId: text(),
        policyHash: text(),
        createdAt: instant().notNull(),
        preparedAt: instant(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.actionId, t.revision] })],
    ),
    actionDecisions: table(
      'action_decisions',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        actionId: text().notNull(),
        revision: integer().notNull(),
        payloadHash: text().notNull(),
        reviewerPersonId: text().notNull(),
        verdict: text().$type<Verdict>().notNull(),
        reason: text(),
        surface: text().$type<DecisionSurface>().notNull(),
        assurance: text().$type<Assurance>().notNull(),
        /** What proves the decision, checked again when the action is claimed. */
        proof: json<Record<string, unknown>>(),
        decidedAt: instant().notNull(),
        /** Set where a later revision made it void. */
        voidedAt: instant(),
      },
      (t) => [
        unique('action_decisions_key').on(
          t.workspaceId,
          t.actionId,
          t.revision,
          t.reviewerPersonId,
        ),
      ],
    ),
    actionAttempts: table(
      'action_attempts',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        actionId: text().notNull(),
        revision: integer().notNull(),
        /** Which effect of an action that has several. */
        step: integer().notNull(),
        number: integer().notNull(),
        fence: integer().notNull(),
        /** The same for every attempt at one effect. */
        effectKey: text().notNull(),
        kind: text().$type<'execute' | 'probe' | 'compensate'>().notNull(),
        status: text()
          .$type<'started' | 'applied' | 'refused' | 'not_applied' | 'unknown' | 'late'>()
          .notNull(),
        startedAt: instant().notNull(),
        finishedAt: instant(),
        outcome: json<Record<string, unknown>>(),
      },
      (t) => [index('action_attempts_action').on(t.workspaceId, t.actionId, t.step, t.number)],
    ),
    budgetReservations: table(
      'budget_reservations',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        /** Null for what a model call cost. */
        actionId: text(),
        /** `2026-11`, in UTC. */
        month: text().notNull(),
        amountUsdMicros: integer().notNull(),
        status: text().$type<'reserved' | 'spent' | 'released'>().notNull(),
        createdAt: instant().notNull(),
      },
      (t) => [index('budget_reservations_month').on(t.workspaceId, t.month, t.status)],
    ),
    /** Nothing is claimed in a workspace whose switch is on. */
    killSwitches: table(
      'kill_switches',
      {
        workspaceId: text().notNull(),
        /** `*`, or the type of action that is stopped. */
        scope: text().notNull(),
        setBy: text().notNull(),
        setAt: instant().notNull(),
        reason: text(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.scope] })],
    ),
    policyVersions: table(
      'policy_versions',
      {
        workspaceId: text().notNull(),
        hash: text().notNull(),
        source: text().notNull(),
        status: text().$type<'waiting' | 'in_force' | 'replaced' | 'refused'>().notNull(),
        seenAt: instant().notNull(),
        /** The `policy.update` that brought it in force; null for the first. */
        actionId: text(),
        inForceAt: instant(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.hash] })],
    ),
    /** What reached whom outside, so that nobody is nudged too often. */
    outwardContacts: table(
      'outward_contacts',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        personId: text().notNull(),
        itemKey: text().notNull(),
        day: text().notNull(),
        actionId: text().notNull(),
      },
      (t) => [index('outward_contacts_day').on(t.workspaceId, t.personId, t.day)],
    ),
    contactPreferences: table(
      'contact_preferences',
      {
        workspaceId: text().notNull(),
        personId: text().notNull(),
        optedOut: flag().notNull(),
        timeZone: text(),
        /** `22:00`, in that time zone. */
        quietFrom: text(),
        quietTo: text(),
        absentFromDay: text(),
        absentToDay: text(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.personId] })],
    ),
    /** Notes that an approved `note.draft` wrote: nobody outside reads them. */
    noteDrafts: table(
      'note_drafts',
      {
        workspaceId: text().notNull(),
        /** Made of the action's effect key: writing it again changes nothing. */
        id: text().notNull(),
        actionId: text().notNull(),
        title: text().notNull(),
        body: text().notNull(),
        createdAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
    ),
  };
}
