"""Addresses of accounts. Those of django-allauth are named one by one: none knows a password."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as application
from allauth.socialaccount import views as elsewhere
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from bassin.parties import fresh
from bassin.parties.views import account as own
from bassin.parties.views import address, invitations, organisations, outside, sample

sign_in = own.SignIn.as_view()

entrance = [
    path("connexion/", sign_in, name="account_login"),
    path("connexion/", sign_in, name="account_request_login_code"),
    path("connexion/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/second-facteur/", second_factor.authenticate, name="mfa_authenticate"),
    path("connexion/externe/annulee/", elsewhere.login_cancelled,
         name="socialaccount_login_cancelled"),
    path("connexion/externe/erreur/", login_not_required(elsewhere.login_error),
         name="socialaccount_login_error"),
    path("connexion/externe/compte/", elsewhere.signup, name="socialaccount_signup"),
    path("connexion/externe/<slug:provider_id>/", outside.leave, name="openid_connect_login"),
    path("connexion/externe/<slug:provider_id>/retour/", outside.back,
         name="openid_connect_callback"),
    path("connexion/externe/<slug:provider_id>/fin/", outside.ended, name="openid_connect_ended"),
    path("creer/", account.signup, name="account_signup"),
    path("creer/code/", own.prove_address, name="account_email_verification_sent"),
    path("ferme/", account.account_inactive, name="account_inactive"),
]  # fmt: skip

second_factors = [
    path("preuve/", fresh.page, name="account_reauthenticate"),
    path("preuve/application/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-facteur/", second_factor.index, name="mfa_index"),
    path("second-facteur/installer/", fresh.fresh(application.activate_totp),
         name="mfa_activate_totp"),
    path("second-facteur/retirer/", fresh.fresh(application.deactivate_totp),
         name="mfa_deactivate_totp"),
    path("second-facteur/secours/", fresh.fresh(own.RecoveryCodes.as_view()),
         name="mfa_view_recovery_codes"),
    path("second-facteur/secours/nouveaux/", fresh.fresh(recovery.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path("second-facteur/secours/fichier/", fresh.fresh(recovery.download_recovery_codes),
         name="mfa_download_recovery_codes"),
]  # fmt: skip

pages = [
    path("compte/", own.account, name="account"),
    path("compte/adresse/", address.change, name="address"),
    path("compte/externes/<int:pk>/retirer/", address.unlink, name="unlink"),
    path("compte/exemple/", login_not_required(sample.mailbox), name="mailbox"),
    path("compte/organisations/", organisations.listed, name="organisations"),
    path("compte/organisations/ajouter/", organisations.add, name="organisation_add"),
    path("compte/organisations/<slug:slug>/", organisations.detail, name="organisation"),
    path("compte/organisations/<slug:slug>/inviter/", organisations.invite, name="invite"),
    path("compte/organisations/<slug:slug>/invitations/<int:pk>/",
         organisations.handle_invitation, name="handle_invitation"),
    path("compte/roles/<int:pk>/finir/", organisations.end_role, name="end_role"),
    path("invitation/<str:token>/", login_not_required(invitations.invitation),
         name="invitation"),
]  # fmt: skip

urlpatterns = [
    path("", include((pages, "parties"))),
    path("compte/", include(entrance)),
    path("compte/", include(second_factors)),
    path("compte/deconnexion/", outside.sign_out, name="account_logout"),
    path("compte/sessions/", own.sessions, name="usersessions_list"),
]
