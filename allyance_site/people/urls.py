"""The addresses of signing in and of one's own account, by the names that allauth knows them by.

What allauth could do besides (signing up, other addresses, codes by mail, files of recovery codes) has no address here.
"""

from allauth.account.views import PasswordResetDoneView, PasswordResetView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCode
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.urls import path, re_path

from . import kept_forms, lock, own_account, school_views, views

AGAIN = {"template_name": "people/again.html"}
TAKE_OFF = {"template_name": "people/take_off.html"}

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/second-step/", views.SecondStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path(
        "sign-in/forgotten/",
        PasswordResetView.as_view(template_name="people/forgotten.html"),
        name="account_reset_password",
    ),
    path(
        "sign-in/forgotten/sent/",
        PasswordResetDoneView.as_view(template_name="people/forgotten_sent.html"),
        name="account_reset_password_done",
    ),
    re_path(
        r"^sign-in/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("sign-in/school/<uuid:uuid>/", school_views.sign_in, name="school_sign_in"),
    path("sign-in/school/<uuid:uuid>/back/", school_views.back, name="school_sign_in_back"),
    path("invitation/<str:token>/", views.Invited.as_view(), name="invitation"),
    # One's own account.
    path("account/", own_account.OwnAccount.as_view(), name="mfa_index"),
    path("account/again/", ReauthenticateView.as_view(**AGAIN), name="account_reauthenticate"),
    path("account/again/code/", ReauthenticateByCode.as_view(**AGAIN), name="mfa_reauthenticate"),
    path("account/again/passkey/", ReauthenticateWebAuthnView.as_view(**AGAIN), name="mfa_reauthenticate_webauthn"),
    path("account/password/", own_account.ChangePassword.as_view(), name="account_change_password"),
    path("account/app/", ActivateTOTPView.as_view(template_name="people/app.html"), name="mfa_activate_totp"),
    path(
        "account/app/take-off/",
        DeactivateTOTPView.as_view(**TAKE_OFF, success_url="/account/"),
        name="mfa_deactivate_totp",
    ),
    path("account/passkey/", AddWebAuthnView.as_view(template_name="people/passkey.html"), name="mfa_add_webauthn"),
    path("account/passkey/<int:pk>/take-off/", own_account.TakeOffPasskey.as_view(), name="mfa_remove_webauthn"),
    path(
        "account/codes/",
        ViewRecoveryCodesView.as_view(template_name="people/codes.html"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/codes/new/",
        GenerateRecoveryCodesView.as_view(template_name="people/new_codes.html"),
        name="mfa_generate_recovery_codes",
    ),
    path("account/school/<uuid:uuid>/link/", school_views.link, name="school_link"),
    path("account/school/<uuid:uuid>/unlink/", school_views.unlink, name="school_unlink"),
    path("account/sign-out-everywhere/", own_account.sign_out_everywhere, name="sign_out_everywhere"),
    # The lock.
    path("account/here/", lock.here, name="here"),
    path("account/unlock/", lock.Unlock.as_view(), name="unlock"),
    path("account/kept/<uuid:token>/", kept_forms.kept_form, name="kept_form"),
]
