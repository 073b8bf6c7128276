/** Packages that are there only where somebody wants what they are for. */
import { SinkError } from './sink.js';

/** Loads one. Rejects with a SinkError that says how to get it. */
export async function optionalPackage<T>(load: () => Promise<T>, name: string, purpose: string): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const missing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes((error as NodeJS.ErrnoException).code ?? '');
    throw new SinkError(
      missing
        ? `${purpose} needs the package ${name}, which is not installed. Install it: npm install ${name}`
        : `${purpose} needs the package ${name}, which cannot be loaded: ${(error as Error).message}`,
      error,
    );
  }
}
