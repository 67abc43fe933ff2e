// Says what comes of opening the database: `opened`, or the code of the refusal.
import { openSqliteDatastore } from '../open-sqlite-datastore.ts';

const [path = ''] = process.argv.slice(2);
try {
  const datastore = await openSqliteDatastore({ path, clock: { nowMs: () => 0 } });
  await datastore.close();
  process.stdout.write('opened');
} catch (error) {
  process.stdout.write(String((error as { code?: unknown }).code));
}
