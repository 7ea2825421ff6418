import { and, between, eq } from 'drizzle-orm';
import { isProductionEnvironment } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';

const { deployments } = tables;

/**
 * Returns the environments that count as deployed to: those named after production; all of them
 * where none is. Of a span of time, those that were deployed to in it are enough where production is
 * among them, and far fewer rows tell so.
 */
export async function countedEnvironments(
  database: Database,
  workspaceId: string,
  span?: { from: number; to: number },
): Promise<string[]> {
  const rows = await database
    .selectDistinct({ name: deployments.environment })
    .from(deployments)
    .where(
      and(
        eq(deployments.workspaceId, workspaceId),
        span === undefined ? undefined : between(deployments.finishedAt, span.from, span.to),
      ),
    );
  const names = rows.map(({ name }) => name);
  const production = names.filter((name) => isProductionEnvironment(name));
  if (production.length === 0 && span !== undefined) {
    return countedEnvironments(database, workspaceId);
  }
  return production.length > 0 ? production : names;
}
