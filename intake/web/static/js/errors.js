/* After an error the reader begins at the summary. */
{
  const summary = document.getElementById("fouten");
  if (summary) {
    summary.focus();
  }
}
