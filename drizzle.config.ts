import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './packages/core/src/store/drizzle-schema.ts',
  out: './packages/core/src/store/migrations',
  casing: 'snake_case',
});
