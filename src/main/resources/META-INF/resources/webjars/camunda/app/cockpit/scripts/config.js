// Camunda's own login form is never shown: there is one login for all pages. Loading the page
// again leads there when nobody is logged in any more, and back here afterwards.
function leaveOwnLogin() {
  if (/^#!?\/login/.test(window.location.hash)) {
    window.location.replace(window.location.pathname);
  }
}
window.addEventListener('hashchange', leaveOwnLogin);
leaveOwnLogin();

export default {
  customScripts: ['scripts/runwright-steps']
};
