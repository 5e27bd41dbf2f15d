import { configureGlobal } from 'fast-check';

// The same commit gives the same result; TUTTI_SEED=<any number> goes looking elsewhere.
configureGlobal({ seed: Number(process.env['TUTTI_SEED'] ?? 20_261_123) });
