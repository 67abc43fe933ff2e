import { describeAgentStore } from './agent-store-suite.ts';
import { describeBundleStore } from './bundle-store-suite.ts';
import { describeCaJournalStore } from './ca-journal-store-suite.ts';
import { describeChangeLog } from './change-log-suite.ts';
import { describeEntryStore } from './entry-store-suite.ts';
import { describeJoinTokenStore } from './join-token-store-suite.ts';
import { describeLedgerStore } from './ledger-store-suite.ts';
import { describeRevocationStore } from './revocation-store-suite.ts';
import { openSqliteEngine } from './sqlite-engine.ts';

describeEntryStore('SQLite', openSqliteEngine);
describeAgentStore('SQLite', openSqliteEngine);
describeJoinTokenStore('SQLite', openSqliteEngine);
describeBundleStore('SQLite', openSqliteEngine);
describeCaJournalStore('SQLite', openSqliteEngine);
describeChangeLog('SQLite', openSqliteEngine);
describeLedgerStore('SQLite', openSqliteEngine);
describeRevocationStore('SQLite', openSqliteEngine);
