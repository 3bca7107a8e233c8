/** The part of jstat that this program uses: three inverse distribution functions. */
declare module 'jstat' {
  interface JStat {
    readonly studentt: { inv(probability: number, degreesOfFreedom: number): number };
    readonly normal: { inv(probability: number, mean: number, standardDeviation: number): number };
    readonly beta: { inv(probability: number, alpha: number, beta: number): number };
  }
  const jstat: JStat;
  export default jstat;
}
