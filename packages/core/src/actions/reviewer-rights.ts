import type { Database } from '../store/database.ts';

/** Says who may decide: by explicit grant to an account. */
export interface ReviewerRights {
  mayDecide(
    transaction: Database,
    question: { workspaceId: string; personId: string; type: string; escalationLevel: number },
  ): Promise<boolean>;
}
