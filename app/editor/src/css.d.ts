/** A style sheet as text, its fonts under the names that the server serves them by (`build.mjs`). */
declare module "*.css" {
  const text: string;
  export default text;
}
