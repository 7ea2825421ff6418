/** A team as the configuration names one. */
export interface DeclaredTeam {
  key: string;
  name: string;
  /** Repositories by name, full name or external id. */
  repositories: readonly string[];
  origin?: string;
}
