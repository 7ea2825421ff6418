import { eq } from 'drizzle-orm';
import { isProductionEnvironment } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { deployments } = tables;

/**
 * Returns the environments that count as deployed to: those named after production; all of them
 * where none is.
 */
export async function countedEnvironments(
  database: Database,
  workspaceId: string,
): Promise<string[]> {
  const rows = await database
    .selectDistinct({ name: deployments.environment })
    .from(deployments)
    .where(eq(deployments.workspaceId, workspaceId));
  const names = rows.map(({ name }) => name);
  const production = names.filter((name) => isProductionEnvironment(name));
  return production.length > 0 ? production : names;
}
