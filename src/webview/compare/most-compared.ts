/** More columns than this nobody reads side by side. */
export const mostCompared = 4;
