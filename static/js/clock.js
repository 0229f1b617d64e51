// data-clock: a time of the server, said in the time of whoever reads it and in the form of the page's language.

function tell() {
  const language = document.documentElement.lang;
  for (const time of document.querySelectorAll("time[data-clock]")) {
    const said = new Date(time.dateTime).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
    if (time.textContent !== said) time.textContent = said;
  }
}

document.addEventListener("assay:patched", tell);
tell();
