import type { TwinActor, TwinOrganization } from './records.ts';

/** What one person did with Copilot on one day, as rows of the report say it. */
export interface TwinCopilotUse {
  actor: TwinActor;
  interactions?: number;
  generated?: number;
  accepted?: number;
  linesAdded?: number;
  linesDeleted?: number;
  usedAgent?: boolean;
  usedChat?: boolean;
  usedCli?: boolean;
  /** Absent before GitHub counted them. */
  credits?: number;
}

export interface TwinCopilot {
  /** People with a licence; null where the credential may not see how many there are. */
  seats: number | null;
  /** How requests for reports are answered. */
  access: 'given' | 'nothing_yet' | 'forbidden' | 'unknown' | 'switched_off';
  /** Whether there are reports of who is in which team. */
  reportsTeams: boolean;
  days: Map<string, { uses: readonly TwinCopilotUse[]; seated: readonly TwinActor[] }>;
}

/** Returns the ways in which an organization comes to use Copilot. */
export function createCopilotData() {
  return {
    addCopilot(organization: TwinOrganization, seats: number | null): TwinCopilot {
      organization.copilot = { seats, access: 'given', reportsTeams: true, days: new Map() };
      return organization.copilot;
    },
    /** Sets what was done on a day; whoever used it has a seat, and the others given too. */
    setCopilotDay(
      organization: TwinOrganization,
      day: string,
      uses: readonly TwinCopilotUse[],
      seated: readonly TwinActor[] = uses.map(({ actor }) => actor),
    ): void {
      if (organization.copilot === null) throw new Error('The organization has no Copilot.');
      organization.copilot.days.set(day, { uses, seated });
    },
  };
}
